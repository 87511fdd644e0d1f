/**
 * What matches the paths of a template, whose parameters are groups of their names: `/events/{id}`. A `*` at its end
 * stands for any segments.
 */
export function pathPattern(template: string): RegExp {
  const escaped = template.replace(/[.]/g, "\\.");
  return new RegExp(`^${escaped.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)").replace(/\*$/, ".+")}$`);
}
