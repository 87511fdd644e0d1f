import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui/slot";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { Spinner } from "./spinner";

const variants = cva(
  "inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md border border-transparent font-medium text-sm transition-colors duration-100 disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        default:
          "bg-primary text-primary-foreground enabled:hover:bg-primary-hover [a&]:hover:bg-primary-hover",
        secondary: "bg-muted text-foreground hover:bg-accent",
        outline: "border-border-strong bg-background text-foreground hover:bg-muted",
        ghost: "text-foreground hover:bg-accent",
        destructive: "bg-danger text-danger-foreground hover:bg-danger-hover",
        link: "h-auto! px-0! text-link underline-offset-4 hover:underline",
      },
      size: {
        default: "h-8 px-3",
        sm: "h-7 px-2 text-xs [&_svg]:size-3.5",
        lg: "h-10 px-4 text-base",
        icon: "size-8",
        "icon-sm": "size-7 [&_svg]:size-3.5",
      },
    },
    defaultVariants: { variant: "default", size: "default" },
  },
);

type Variants = VariantProps<typeof variants>;

/** The classes of a button, for a link that looks like one. */
export const buttonVariants = (props?: Parameters<typeof variants>[0]): string => cn(variants(props));

export type ButtonProps = ComponentProps<"button"> &
  Variants & {
    /** Renders the child (for example a link) styled as a button. */
    asChild?: boolean;
    /** Shows a spinner and ignores clicks, but keeps its place and focus. */
    pending?: boolean;
  };

/** A button is `type="button"` by default, so that nothing submits a form by accident. */
export function Button({
  className,
  variant,
  size,
  asChild = false,
  pending = false,
  type = "button",
  onClick,
  children,
  ...props
}: ButtonProps) {
  const classes = cn(buttonVariants({ variant, size }), className);
  if (asChild) {
    return (
      <Slot data-slot="button" className={classes} onClick={onClick} {...props}>
        {children}
      </Slot>
    );
  }
  return (
    <button
      data-slot="button"
      type={type}
      className={classes}
      aria-disabled={pending || undefined}
      onClick={pending ? (event) => event.preventDefault() : onClick}
      {...props}
    >
      {pending && <Spinner />}
      {children}
    </button>
  );
}
