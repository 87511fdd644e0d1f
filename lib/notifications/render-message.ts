/** An email before it is rendered: plain text throughout, whatever people named their webhooks. */
export type Message = {
  subject: string;
  /** The first line of the body. */
  headline: string;
  facts: { label: string; value: string }[];
  paragraphs: string[];
  link: { label: string; url: string };
  /** Why the recipient gets it. */
  footer: string;
};

/** A message as the subject, the text and the HTML of an email. No part of it can begin a header or an element. */
export function renderMessage(message: Message): { subject: string; text: string; html: string } {
  return { subject: oneLine(message.subject), text: renderText(message), html: renderHtml(message) };
}

/** Without line breaks and control characters, which a name may contain. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
}

function renderText({ headline, facts, paragraphs, link, footer }: Message): string {
  const width = Math.max(0, ...facts.map(({ label }) => label.length)) + 2;
  const table = facts.map(({ label, value }) => `${`${label}:`.padEnd(width)}${value}`).join("\n");
  return [headline, table, ...paragraphs, `${link.label}: ${link.url}`, `--\n${footer}`]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** Colors follow the reader's theme, light or dark, except for the button, which is readable on both. */
function renderHtml({ subject, headline, facts, paragraphs, link, footer }: Message): string {
  const rows = facts.map(
    ({ label, value }) =>
      `<tr><td style="padding:4px 16px 4px 0;vertical-align:top;white-space:nowrap;opacity:0.75">${escapeHtml(label)}</td>` +
      `<td style="padding:4px 0;vertical-align:top;overflow-wrap:anywhere">${escapeHtml(value)}</td></tr>`,
  );
  const texts = paragraphs.map((text) => `<p style="margin:16px 0">${escapeHtml(text)}</p>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(subject)}</title>
</head>
<body style="margin:0;padding:24px 16px">
<div style="max-width:560px;margin:0 auto;font:15px/1.5 system-ui,-apple-system,'Segoe UI',sans-serif">
<h1 style="margin:0 0 16px;font-size:18px;line-height:1.35;overflow-wrap:anywhere">${escapeHtml(headline)}</h1>
<table role="presentation" cellspacing="0" cellpadding="0" style="font:inherit;border-collapse:collapse">
${rows.join("\n")}
</table>
${texts.join("\n")}
<p style="margin:24px 0"><a href="${escapeHtml(link.url)}" style="display:inline-block;padding:8px 16px;border-radius:6px;background:#2f55a4;color:#ffffff;font-weight:600;text-decoration:none">${escapeHtml(link.label)}</a></p>
<p style="margin:24px 0 0;font-size:13px;opacity:0.75">${escapeHtml(footer)}</p>
</div>
</body>
</html>
`;
}

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
