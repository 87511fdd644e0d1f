/**
 * What each of so many workspaces publishes, as a share of everything: the n-th largest 1/n^exponent of the largest (Zipf).
 * @param {number} count
 * @param {number} exponent 0: all the same
 * @returns {number[]} the largest first; they add up to 1
 */
export function zipfShares(count, exponent) {
  const weights = Array.from({ length: count }, (_, place) => (place + 1) ** -exponent);
  const sum = weights.reduce((all, one) => all + one, 0);
  return weights.map((weight) => weight / sum);
}

/**
 * Divides what is larger than a database should have of one workspace into equal parts.
 * @param {number[]} rates
 * @param {number} max of one part
 * @returns {number[]}
 */
export function splitLarge(rates, max) {
  return rates.flatMap((rate) => {
    const parts = Math.max(1, Math.ceil(rate / max));
    return Array.from({ length: parts }, () => rate / parts);
  });
}

/**
 * Places by rendezvous hashing: each on the shard whose hash with it is the highest. Nothing is kept, and nothing is known
 * of sizes.
 * @param {number} count
 * @param {number} shards
 * @returns {number[]} the shard of each
 */
export function placeByRendezvous(count, shards) {
  return Array.from({ length: count }, (_, item) => {
    let best = 0;
    let highest = -1;
    for (let shard = 0; shard < shards; shard += 1) {
      const hash = hashOf(item, shard);
      if (hash > highest) {
        best = shard;
        highest = hash;
      }
    }
    return best;
  });
}

/**
 * Places by a directory, which knows sizes: the largest first, each on the shard that has the least.
 * @param {number[]} rates
 * @param {number} shards
 * @returns {number[]} the shard of each
 */
export function placeByDirectory(rates, shards) {
  const loads = Array.from({ length: shards }, () => 0);
  const placement = rates.map(() => 0);
  const bySize = rates.map((rate, item) => ({ rate, item })).sort((a, b) => b.rate - a.rate);
  for (const { rate, item } of bySize) {
    const least = loads.indexOf(Math.min(...loads));
    placement[item] = least;
    loads[least] = (loads[least] ?? 0) + rate;
  }
  return placement;
}

/**
 * @param {number[]} placement
 * @param {number[]} rates
 * @param {number} shards
 * @returns {number[]} what each shard has
 */
export function loadsOf(placement, rates, shards) {
  const loads = Array.from({ length: shards }, () => 0);
  for (const [item, shard] of placement.entries()) loads[shard] = (loads[shard] ?? 0) + (rates[item] ?? 0);
  return loads;
}

/**
 * How even loads are, as multiples of their mean.
 * @param {number[]} loads
 */
export function spreadOf(loads) {
  const sorted = [...loads].sort((a, b) => a - b);
  const mean = sorted.reduce((all, one) => all + one, 0) / sorted.length;
  const at = (/** @type {number} */ share) =>
    (sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0) / mean;
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}

/** @typedef {{ items: number, load: number }} Moved `load`: as a share of everything */

/**
 * What moves to a shard that is added, if places are decided by rendezvous hashing.
 * @param {number[]} rates
 * @param {number} shards before
 * @returns {Moved}
 */
export function movedByRendezvous(rates, shards) {
  const before = placeByRendezvous(rates.length, shards);
  const after = placeByRendezvous(rates.length, shards + 1);
  return sumMoved(
    rates,
    rates.map((_, item) => before[item] !== after[item]),
  );
}

/**
 * What a directory moves to a shard that is added, the largest that fits first, always from the fullest shard, until it
 * has as much as the others have on average.
 * @param {number[]} rates
 * @param {number} shards before
 * @returns {Moved}
 */
export function movedByDirectory(rates, shards) {
  const placement = placeByDirectory(rates, shards);
  const loads = loadsOf(placement, rates, shards);
  const target = loads.reduce((all, one) => all + one, 0) / (shards + 1);
  const isMoved = rates.map(() => false);
  let added = 0;
  for (;;) {
    const fullest = loads.indexOf(Math.max(...loads));
    const room = target - added;
    let chosen = -1;
    for (const [item, rate] of rates.entries()) {
      if (isMoved[item] || placement[item] !== fullest || rate > room) continue;
      if (chosen < 0 || rate > (rates[chosen] ?? 0)) chosen = item;
    }
    if (chosen < 0) return sumMoved(rates, isMoved);
    isMoved[chosen] = true;
    const rate = rates[chosen] ?? 0;
    loads[fullest] = (loads[fullest] ?? 0) - rate;
    added += rate;
  }
}

/**
 * @param {number[]} rates
 * @param {boolean[]} isMoved
 * @returns {Moved}
 */
function sumMoved(rates, isMoved) {
  const all = rates.reduce((sum, rate) => sum + rate, 0);
  const moved = rates.filter((_, item) => isMoved[item]);
  return { items: moved.length, load: moved.reduce((sum, rate) => sum + rate, 0) / all };
}

/**
 * 32 bits of a pair of numbers, evenly spread (the finalizer of MurmurHash3).
 * @param {number} item
 * @param {number} shard
 */
function hashOf(item, shard) {
  let hash = Math.imul(item + 1, 0x9e3779b1) ^ Math.imul(shard + 1, 0x85ebca77);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
