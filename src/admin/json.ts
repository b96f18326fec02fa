import type { HttpResponse } from '../core/exchange.ts'

/** An answer of the control plane. */
export function json(status: number, value: unknown): HttpResponse {
  const rawHeaders = ['Content-Type', 'application/json', 'Cache-Control', 'no-store']
  return { status, rawHeaders, body: `${JSON.stringify(value)}\n` }
}
