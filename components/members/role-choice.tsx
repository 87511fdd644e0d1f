import { RadioGroup, RadioGroupItem } from "@/components/ui/radio-group";
import { type Role, roleTexts } from "@/lib/core/roles";

/** A choice of the offered roles, with what each may do. */
export function RoleChoice<Offered extends Role>({
  legend,
  offered,
  value,
  onChange,
}: {
  legend: string;
  offered: readonly Offered[];
  value: Offered;
  onChange: (role: Offered) => void;
}) {
  return (
    <fieldset className="grid gap-2">
      <legend className="pb-1.5 font-medium">{legend}</legend>
      <RadioGroup
        aria-label={legend}
        value={value}
        onValueChange={(chosen) => {
          const role = offered.find((one) => one === chosen);
          if (role) onChange(role);
        }}
      >
        {offered.map((one) => (
          <div key={one} className="flex items-start gap-2">
            <RadioGroupItem id={`role-${one}`} value={one} className="mt-0.5" />
            <label htmlFor={`role-${one}`} className="grid cursor-pointer">
              <span className="font-medium">{roleTexts[one].name}</span>
              <span className="text-muted-foreground text-xs">{roleTexts[one].description}</span>
            </label>
          </div>
        ))}
      </RadioGroup>
    </fieldset>
  );
}
