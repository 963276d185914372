/*
 * Compares the activation functions with long double, whose 64 bits are 11 more than those of float64.
 * measure_activations.ts compiles this and calls it: see there.
 */
#include <math.h>
#include <stdint.h>
#include <string.h>

static const long double ROOT_HALF = 0.70710678118654752440084436210484903928L;
static const long double INVERSE_ROOT_2PI = 0.39894228040143267793994605993438186848L;
static const long double GELU_A = 1.59576912160573071175978423973L;
static const long double GELU_B = 0.0447150000000000000000000000000000000L;

/* Near 0 series, and far out constants, are exact enough and fast: nearly all float32 lie there. */
static const long double NEAR = 0x1p-14L;

static long double sigmoid(long double x) {
  if (fabsl(x) < NEAR) return 0.5L + x * (0.25L - x * x / 48);
  if (x > 60) return 1;
  if (x < -12000) return 0;
  return x < 0 ? expl(x) / (1 + expl(x)) : 1 / (1 + expl(-x));
}

static long double cdf(long double x) {
  if (fabsl(x) < NEAR) return 0.5L + INVERSE_ROOT_2PI * x * (1 - x * x * (1.0L / 6 - x * x / 40));
  return x > 20 ? 1 : x < -150 ? 0 : 0.5L * erfcl(-x * ROOT_HALF);
}

static long double hyperbolic(long double x) {
  if (fabsl(x) < NEAR) return x * (1 - x * x * (1.0L / 3 - x * x * 2 / 15));
  return fabsl(x) > 40 ? (x > 0 ? 1 : -1) : tanhl(x);
}

/* The numbers of the activations are those of measure_activations.ts; the odd ones are derivatives. */
static long double exact(int32_t which, long double x) {
  if (isinf(x)) {
    switch (which) {
      case 0: return x > 0 ? x : NAN;
      case 2: case 4: return x > 0 ? x : NAN;
      case 1: case 3: case 5: return x > 0 ? 1 : 0;
      case 6: return x > 0 ? 1 : -1;
      case 7: return x > 0 ? 1 : 0;
    }
  }
  long double v, s, d;
  switch (which) {
    case 0: return x < -150 ? -0.0L : x * cdf(x);
    case 1: return fabsl(x) > 150 ? (x > 0) : cdf(x) + x * (expl(-0.5L * x * x) * INVERSE_ROOT_2PI);
    case 2: return x * sigmoid(GELU_A * (x + GELU_B * x * x * x));
    case 3:
      if (fabsl(x) > 1000) return x > 0;
      v = GELU_A * (x + GELU_B * x * x * x), s = sigmoid(v), d = GELU_A * (1 + 3 * GELU_B * x * x);
      return s + x * s * sigmoid(-v) * d;
    case 4: return x * sigmoid(x);
    case 5: return sigmoid(x) * (1 + x * sigmoid(-x));
    case 6: return hyperbolic(x);
    default: return sigmoid(x);
  }
}

/*
 * Adds n results in float32 and float64 to what was found: [0] results in float32 that are not the nearest, [1] the largest
 * error of these in units of the last place, [2] the largest relative error of float64 times 2^53 where the result is a
 * normal float32, [3] the largest absolute error of float64, [4] NaN and infinities that differ.
 */
void measure(int32_t which, int32_t n, const float *x, const float *single, const double *full, double *found) {
  for (int32_t i = 0; i < n; i++) {
    if (isnan(x[i])) {
      found[4] += !(isnan(single[i]) && isnan(full[i]));
      continue;
    }
    long double y = exact(which, x[i]);
    if (isnan(y) || isinf(y)) {
      found[4] += !((isnan(y) && isnan(single[i]) && isnan(full[i])) || ((long double)single[i] == y && (long double)full[i] == y));
      continue;
    }
    float nearest = (float)y;
    if (nearest != single[i]) {
      float size = fabsf(nearest);
      found[0] += 1;
      found[1] = fmax(found[1], (double)(fabsl((long double)single[i] - y) / (nextafterf(size, INFINITY) - size)));
    }
    long double error = fabsl((long double)full[i] - y), size = fabsl(y);
    if (error > found[3]) found[3] = (double)error;
    /* Division is slow, and rarely needed. */
    if (size >= 0x1p-126L && error > size * (found[2] * 0x1p-53L)) found[2] = (double)(error / size * 0x1p53L);
  }
}
