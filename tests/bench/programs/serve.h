/* Speaks the benchmark's protocol: `ready ABOUT`, then `WORK COUNT` is answered by the milliseconds that took. */
#include <stdio.h>
#include <time.h>

static double milliseconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return 1e3 * t.tv_sec + 1e-6 * t.tv_nsec;
}

/* run(work, count) returns 0 if it does not know the work. */
static int serve(const char *about, int (*run)(const char *work, long count)) {
  char work[64];
  long count;
  printf("ready %s\n", about);
  fflush(stdout);
  while (scanf("%63s %ld", work, &count) == 2) {
    double start = milliseconds();
    if (!run(work, count)) return 1;
    printf("%.6f\n", milliseconds() - start);
    fflush(stdout);
  }
  return 0;
}
