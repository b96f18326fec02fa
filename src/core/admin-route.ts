import type { GenericSchema, InferOutput } from 'valibot'
import type { HttpRequest, HttpResponse, StreamResponse } from './exchange.ts'

/** What a resource of the control plane is asked, after its schemas. */
export interface Ask<Query = unknown, Body = unknown> {
  readonly request: HttpRequest
  /** The braces of the path, decoded: `{name}`. */
  readonly parameters: Readonly<Record<string, string>>
  readonly query: Query
  readonly body: Body
  /** The session that the path (`/s/blue/_pipit/…`) or `?session=` names; `*` for all; `undefined`: neither said. */
  readonly session: string | undefined
  /** Scheme and host under which the caller reached the gateway. */
  readonly origin: string
  /** Fires when the caller goes away. */
  readonly signal: AbortSignal
}

export type AdminAnswer = HttpResponse | StreamResponse

export type AdminMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * One resource and method of the control plane: what answers it, and what the OpenAPI document says of it. Wrong input
 * is a PipitError whose code is a row of admin/statuses.ts: `bad-request`, `not-found`, `conflict`.
 */
export interface AdminRoute {
  readonly method: AdminMethod
  /** `/_pipit/sessions/{name}` */
  readonly path: string
  readonly summary: string
  /** Members by name, as a valibot object of texts; what it does not know is refused with the nearest name. */
  readonly query?: GenericSchema
  /** Of a JSON body. Absent: a body is not read. */
  readonly body?: GenericSchema
  /** Statuses and when they come, beside those that every route has. */
  readonly answers: Readonly<Record<number, string>>
  /** Media type of the answer; `application/json` unless said. */
  readonly produces?: string
  /** Answers although the gateway is not ready, the host is not allowed or no token is given: health only. */
  readonly isOpen?: true
  answer(ask: Ask): AdminAnswer | Promise<AdminAnswer>
}

/** A route whose handler knows the types that its schemas give. */
export function adminRoute<Query extends GenericSchema, Body extends GenericSchema>(
  route: Omit<AdminRoute, 'answer' | 'query' | 'body'> & {
    readonly query?: Query
    readonly body?: Body
    answer(ask: Ask<InferOutput<Query>, InferOutput<Body>>): AdminAnswer | Promise<AdminAnswer>
  },
): AdminRoute {
  return route
}

/** An answer of the control plane. */
export function json(status: number, value: unknown): HttpResponse {
  const rawHeaders = ['Content-Type', 'application/json', 'Cache-Control', 'no-store']
  return { status, rawHeaders, body: `${JSON.stringify(value)}\n` }
}
