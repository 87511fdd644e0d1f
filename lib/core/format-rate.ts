/** Formats a share from 0 to 1 as "98.2 %"; never rounds up to 100 % or down to 0 %. */
export function formatRate(rate: number): string {
  const percent = rate * 100;
  if (percent === 0 || percent === 100) return `${percent} %`;
  return `${Math.min(99.9, Math.max(0.1, percent)).toFixed(1)} %`;
}
