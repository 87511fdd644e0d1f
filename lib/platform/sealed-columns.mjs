/** What a ciphertext is bound to, by its content. */
export const sealedContexts = {
  endpointSecret: (/** @type {string} */ endpointId) => `endpoint-secret:${endpointId}`,
  endpointHeader: (/** @type {string} */ endpointId) => `endpoint-header:${endpointId}`,
  totpSecret: (/** @type {string} */ userId) => `totp:${userId}`,
  accountEmail: (/** @type {string} */ emailId) => `account_email:${emailId}`,
  instanceKey: (/** @type {string} */ algorithm) => `instance-key:${algorithm}`,
  keyCheck: () => "key-check",
};

/**
 * @typedef {object} SealedColumn
 * @property {string} table
 * @property {string} column
 * @property {string} id the column that identifies a row
 * @property {string} owner the column that the context names
 * @property {(owner: string) => string} context
 * @property {boolean} [isMap] whether it holds a ciphertext for each of several names, as JSON
 */

/**
 * Every column that is encrypted at rest, in the order in which a key rotation processes them. The key check comes
 * last, and so shows that all others are done. A test finds columns that are missing here.
 *
 * @type {readonly SealedColumn[]}
 */
export const sealedColumns = [
  {
    table: "endpoint_secrets",
    column: "ciphertext",
    id: "id",
    owner: "endpoint_id",
    context: sealedContexts.endpointSecret,
  },
  {
    table: "endpoints",
    column: "headers",
    id: "id",
    owner: "id",
    context: sealedContexts.endpointHeader,
    isMap: true,
  },
  { table: "users", column: "totp_secret", id: "id", owner: "id", context: sealedContexts.totpSecret },
  {
    table: "account_emails",
    column: "sealed_body",
    id: "id",
    owner: "id",
    context: sealedContexts.accountEmail,
  },
  {
    table: "instance_keys",
    column: "private_key",
    id: "algorithm",
    owner: "algorithm",
    context: sealedContexts.instanceKey,
  },
  {
    table: "instance",
    column: "key_check",
    id: "key_check",
    owner: "key_check",
    context: sealedContexts.keyCheck,
  },
];
