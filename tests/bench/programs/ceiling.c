/* The rate of arithmetic on registers alone, one million instructions (or pairs) a work: what no product can exceed.
 * Ten independent chains hide the latency; inline assembly keeps the compiler from folding or fusing anything.
 * gcc -O2 -mavx512f ceiling.c -o ceiling, or -mavx2 -mfma where that is all there is */
#include <immintrin.h>
#include <string.h>
#include "serve.h"

#define EACH(F) F(a0) F(a1) F(a2) F(a3) F(a4) F(a5) F(a6) F(a7) F(a8) F(a9)
#define FMA(a) __asm__ volatile("vfmadd231ps %1, %2, %0" : "+x"(a) : "x"(x), "x"(y));
#define FMA512(a) __asm__ volatile("vfmadd231ps %1, %2, %0" : "+v"(a) : "v"(x), "v"(y));
#define PAIR(a) __asm__ volatile("vmulps %2, %3, %1\n\tvaddps %1, %0, %0" : "+x"(a), "=&x"(p) : "x"(x), "x"(y));
#define CHAINS(name, type, set, BODY)                                                            \
  static void name(long count) {                                                                 \
    type x = set(1e-9f), y = set(1e-3f), p = x;                                                  \
    type a0 = y, a1 = y, a2 = y, a3 = y, a4 = y, a5 = y, a6 = y, a7 = y, a8 = y, a9 = y;         \
    (void)p;                                                                                     \
    for (long i = 0; i < count * 100000; i++) { EACH(BODY) }                                     \
    __asm__ volatile("" ::"x"(a0), "x"(a1), "x"(a2), "x"(a3), "x"(a4), "x"(a5), "x"(a6), "x"(a7)); \
  }

CHAINS(fma256, __m256, _mm256_set1_ps, FMA)
CHAINS(pair256, __m256, _mm256_set1_ps, PAIR)
CHAINS(fma128, __m128, _mm_set1_ps, FMA)
CHAINS(pair128, __m128, _mm_set1_ps, PAIR)
#ifdef __AVX512F__
CHAINS(fma512, __m512, _mm512_set1_ps, FMA512)
#endif

static int run(const char *work, long count) {
  if (!strcmp(work, "fma256")) fma256(count);
  else if (!strcmp(work, "pair256")) pair256(count);
  else if (!strcmp(work, "fma128")) fma128(count);
  else if (!strcmp(work, "pair128")) pair128(count);
#ifdef __AVX512F__
  else if (!strcmp(work, "fma512")) fma512(count);
#endif
  else return 0;
  return 1;
}

int main(void) { return serve("registers only", run); }
