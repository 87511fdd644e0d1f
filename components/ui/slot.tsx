import { type ComponentProps, cloneElement, isValidElement, type Ref, useCallback } from "react";

type Props = Record<string, unknown>;

/**
 * Its one child, with these props added: classes and descriptions are joined, and of two handlers the child's runs
 * first. Our own, since it is on every page: Radix's also takes children that are still loading, and weighs four times as much.
 */
export function Slot({ children, ref, ...props }: ComponentProps<"button">) {
  const child = isValidElement<Props & { ref?: Ref<HTMLButtonElement> }>(children) ? children : null;
  const both = useBothRefs(ref, child?.props.ref);
  if (!child) throw new Error("A slot takes exactly one element");
  return cloneElement(child, { ...merge(props, child.props), ref: both });
}

function merge(given: Props, own: Props): Props {
  const merged = { ...given };
  for (const [name, value] of Object.entries(own)) {
    const other = given[name];
    if (value === undefined) continue;
    if (other === undefined) merged[name] = value;
    else if (typeof value === "function" && typeof other === "function") {
      merged[name] = (...args: unknown[]) => {
        value(...args);
        other(...args);
      };
    } else if (name === "className" || name === "aria-describedby") merged[name] = `${other} ${value}`;
    else merged[name] = value;
  }
  return merged;
}

function useBothRefs<T>(one: Ref<T> | undefined, other: Ref<T> | undefined): Ref<T> | undefined {
  const both = useCallback(
    (node: T | null) => {
      const cleanups = [one, other].map((ref) => setRef(ref, node));
      return () => {
        for (const cleanup of cleanups) cleanup();
      };
    },
    [one, other],
  );
  return one && other ? both : (one ?? other);
}

/** Gives what undoes it. */
function setRef<T>(ref: Ref<T> | undefined, node: T | null): () => void {
  if (typeof ref === "function") return ref(node) || (() => void ref(null));
  if (ref) ref.current = node;
  return () => {
    if (ref) ref.current = null;
  };
}
