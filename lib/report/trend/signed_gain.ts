const DECIMALS = 2;
const MOST_DECIMALS = 8;

/** Returns how much an accuracy rose, in percentage points with its sign and as many decimals as show it. */
export function signedGain(gain: number): string {
  for (let decimals = DECIMALS; decimals < MOST_DECIMALS; decimals++) {
    const text = (100 * Math.abs(gain)).toFixed(decimals);
    if (Number(text) !== 0) return `${gain < 0 ? "−" : "+"}${text}`;
  }
  return gain === 0 ? "0" : `${gain < 0 ? "−" : "+"}${(100 * Math.abs(gain)).toFixed(MOST_DECIMALS)}`;
}
