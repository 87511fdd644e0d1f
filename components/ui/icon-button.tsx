import { Button, type ButtonProps } from "./button";

/**
 * A button that shows an icon only.
 *
 * @param props.label its accessible name, shown as a tooltip unless `title` is given
 */
export function IconButton({ label, title = label, ...props }: ButtonProps & { label: string }) {
  return <Button variant="ghost" size="icon-sm" aria-label={label} title={title} {...props} />;
}
