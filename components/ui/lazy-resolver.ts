import type { FieldValues, Resolver } from "react-hook-form";
import type { z } from "zod";

/**
 * A form's resolver by a zod schema that loads with the first validation, not with the page: zod is as large as the
 * rest of a form.
 */
export function lazyResolver<Input extends FieldValues>(
  load: () => Promise<z.ZodType<unknown, Input>>,
): Resolver<Input, unknown, Input> {
  return async (values, context, options) => {
    const [schema, { zodResolver }] = await Promise.all([load(), import("@hookform/resolvers/zod")]);
    const resolve: Resolver<Input, unknown, Input> = zodResolver(schema, undefined, { raw: true });
    return resolve(values, context, options);
  };
}
