/* OpenBLAS's sgemm. A work is a product as `products.ts` names it, such as `100x3072x100nn`: rows, inner, columns, and
 * whether each factor is stored transposed. gcc -O2 openblas.c -o openblas -lopenblas */
#include <cblas.h>
#include <stdlib.h>
#include "serve.h"

extern char *openblas_get_config(void);
extern char *openblas_get_corename(void);

static float *a, *b, *c;
enum { LARGEST = 3072 * 1024 };

static int run(const char *work, long count) {
  int m, k, n;
  char ta, tb;
  if (sscanf(work, "%dx%dx%d%c%c", &m, &k, &n, &ta, &tb) != 5) return 0;
  for (long i = 0; i < count; i++)
    cblas_sgemm(CblasRowMajor, ta == 't' ? CblasTrans : CblasNoTrans, tb == 't' ? CblasTrans : CblasNoTrans, m, n, k,
                1, a, ta == 't' ? m : k, b, tb == 't' ? k : n, 0, c, n);
  return 1;
}

static float *fill(void) {
  float *x = malloc(sizeof(float) * LARGEST);
  for (long i = 0; i < LARGEST; i++) x[i] = (float)(i % 17) * 0.01f - 0.08f;
  return x;
}

int main(void) {
  char about[512];
  a = fill(), b = fill(), c = fill();
  snprintf(about, sizeof about, "%s, kernels %s", openblas_get_config(), openblas_get_corename());
  return serve(about, run);
}
