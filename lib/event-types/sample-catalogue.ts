type SampleType = { name: string; description: string; example: Record<string, unknown> };

const customer = {
  id: "cus_4QkT2",
  name: "Ana Lima",
  email: "ana@example.com",
  createdAt: "2026-11-02T09:14:00.000Z",
};
const invoice = {
  id: "inv_20417",
  customerId: "cus_4QkT2",
  number: "2026-0417",
  currency: "EUR",
  totalCents: 12900,
};
const subscription = { id: "sub_8Hc1", customerId: "cus_4QkT2", plan: "team", seats: 12 };
const link = {
  id: "lnk_7Yb0",
  shortUrl: "https://example.link/spring",
  url: "https://example.com/spring-sale",
};
const user = { id: "usr_51Xw", email: "ben@example.com", name: "Ben Okafor" };

/** Event types with examples, for a workspace that has published nothing yet. */
export const sampleCatalogue: SampleType[] = [
  { name: "customer.created", description: "A customer was added.", example: customer },
  {
    name: "customer.updated",
    description: "A customer's details changed.",
    example: { ...customer, email: "ana.lima@example.com", changed: ["email"] },
  },
  {
    name: "invoice.created",
    description: "An invoice was issued.",
    example: { ...invoice, status: "open", dueOn: "2026-12-01" },
  },
  {
    name: "invoice.paid",
    description: "An invoice was paid in full.",
    example: { ...invoice, status: "paid", paidAt: "2026-11-18T16:40:12.000Z" },
  },
  {
    name: "invoice.payment_failed",
    description: "A payment of an invoice was declined.",
    example: { ...invoice, status: "open", failure: { code: "card_declined", attempt: 2 } },
  },
  {
    name: "subscription.started",
    description: "A subscription began.",
    example: { ...subscription, status: "active", startedAt: "2026-11-02T09:15:00.000Z" },
  },
  {
    name: "subscription.canceled",
    description: "A subscription was canceled.",
    example: {
      ...subscription,
      status: "canceled",
      endsAt: "2026-12-02T09:15:00.000Z",
      reason: "too_expensive",
    },
  },
  { name: "link.created", description: "A short link was created.", example: link },
  {
    name: "link.clicked",
    description: "Someone followed a short link.",
    example: { link, click: { country: "PT", device: "mobile", referrer: "newsletter" } },
  },
  {
    name: "lead.created",
    description: "A click became a lead.",
    example: { linkId: "lnk_7Yb0", lead: { id: "lead_33", email: "chris@example.com" } },
  },
  {
    name: "sale.created",
    description: "A lead bought something.",
    example: { linkId: "lnk_7Yb0", leadId: "lead_33", sale: { amountCents: 4900, currency: "EUR" } },
  },
  { name: "user.created", description: "A user signed up.", example: user },
  {
    name: "user.deleted",
    description: "A user was deleted.",
    example: { id: user.id, deletedAt: "2026-11-19T08:00:00.000Z" },
  },
];
