/** Signs in as the sign-in page does. Gives the cookies of the new session, or `null` if the password is wrong. */
export async function signInByFetch(
  url: string,
  { email, password }: { email: string; password: string },
): Promise<string | null> {
  const first = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = await first.json();
  const answer = await fetch(`${url}/api/auth/callback/credentials`, {
    method: "POST",
    headers: { cookie: cookiesOf(first) },
    body: new URLSearchParams({ csrfToken, email, password, json: "true" }),
  });
  return answer.ok ? cookiesOf(answer) : null;
}

const cookiesOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
