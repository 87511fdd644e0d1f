import type { AttemptTrigger } from "../core/deliveries";

type Result = { trigger: AttemptTrigger; token: string; httpStatus: number | null };

const isSuccess = ({ httpStatus }: Result) => httpStatus === 200;
const isAutomatic = ({ trigger }: Result) => trigger === "automatic" || trigger === "probe";

/** The rules of failing endpoints as a person would write them down, one result after the other. */
export class EndpointRules {
  failures = 0;
  disabled = false;
  /** Transitions, like `failing 5`. */
  transitions: string[] = [];
  /** The token of the probe that was claimed last; its failure is the only one that counts from 5 on. */
  probe: string | null = null;

  /** Results that are recorded together: a success is known to what failed a moment before it. */
  take(results: Result[]): void {
    const wasDisabled = this.disabled;
    const tell = (what: string) => {
      if (!wasDisabled) this.transitions.push(what);
    };
    const firstSuccess = results.findIndex(isSuccess);
    const lastSuccess = results.findLastIndex(isSuccess);
    for (const [place, result] of results.entries()) {
      if (isSuccess(result)) {
        if (place === firstSuccess && this.failures >= 5) tell("recovered 0");
        this.failures = 0;
        this.probe = null;
        continue;
      }
      const isBetweenSuccesses = firstSuccess !== -1 && place > firstSuccess && place < lastSuccess;
      if (!isAutomatic(result) || isBetweenSuccesses) continue;
      if (this.failures >= 5 && (result.trigger !== "probe" || result.token !== this.probe)) continue;
      this.failures += 1;
      if (this.failures >= 5) this.probe = null;
      if (this.failures === 5) tell("failing 5");
      if (place < lastSuccess) continue;
      if (this.failures === 10 || this.failures === 15) tell(`threshold ${this.failures}`);
      if (this.failures === 20) this.disable(tell);
    }
    if (results.some((one) => one.httpStatus === 410)) this.disable(tell);
  }

  /** A person enables it. */
  enable(): void {
    this.disabled = false;
    this.failures = 0;
    this.probe = null;
    this.transitions.push("enabled 0");
  }

  private disable(tell: (what: string) => void): void {
    if (!this.disabled) tell(`disabled ${this.failures}`);
    this.disabled = true;
  }
}
