/** Tokens of an issuer whose secret an API of these tests has in `AUTH_JWKS`. */

import { createHmac } from "node:crypto";

const SECRET = "a secret of thirty-two bytes, ok";

export const AUTH_JWKS = JSON.stringify({ keys: [{ kty: "oct", k: base64url(SECRET) }] });

export function tokenUntil(seconds: number): string {
  const claims = { sub: "jane", exp: Math.floor(Date.now() / 1000) + seconds };
  const unsigned = `${base64url('{"alg":"HS256"}')}.${base64url(JSON.stringify(claims))}`;
  return `${unsigned}.${createHmac("sha256", SECRET).update(unsigned).digest("base64url")}`;
}

function base64url(text: string): string {
  return Buffer.from(text).toString("base64url");
}
