import { redisPlace } from "../runner/redis_place.ts";

// The task `run` asks this for the host to which it may connect besides the registry.
if (import.meta.main) {
  try {
    const place = redisPlace(undefined);
    if (place !== undefined) console.log(`,${place.name}`);
  } catch {
    // Whoever uses the variable says what is wrong with it.
  }
}
