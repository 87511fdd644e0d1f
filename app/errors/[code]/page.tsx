import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ErrorExplanation } from "@/components/errors/error-explanation";
import { errorCodes, isErrorCode } from "@/lib/core/errors";
import { errorExplanations } from "@/lib/core/errors-explained";

type Props = { params: Promise<{ code: string }> };

/** `/errors/validation-failed` for `validation_failed`. */
async function errorCodeOf({ params }: Props) {
  const code = (await params).code.replaceAll("-", "_");
  return isErrorCode(code) ? code : notFound();
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: errorCodes[await errorCodeOf(props)].title };
}

/** The page that the `type` of an API error links to. */
export default async function ErrorPage(props: Props) {
  const code = await errorCodeOf(props);
  return <ErrorExplanation code={code} {...errorCodes[code]} explanation={errorExplanations[code]} />;
}
