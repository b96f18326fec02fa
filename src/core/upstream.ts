import type { Exchange, Failure, HttpRequest, HttpResponse } from './exchange.ts'

/** One request to another server, as it goes on the wire; `Host` is among its headers. */
export interface UpstreamRequest extends HttpRequest {
  /** Scheme, host and port: `https://sqs.eu-west-1.amazonaws.com`. */
  readonly origin: string
}

/** Why nobody has taken a request. */
export type Obstacle = 'refused' | 'no-such-host' | 'not-trusted' | 'too-slow' | 'proxy'

/** What came of a request. Only the last kind has certainly not been executed. */
export type Sent =
  | { readonly kind: 'response'; readonly response: HttpResponse }
  /** It went out, and no whole answer came back. */
  | { readonly kind: 'failure'; readonly failure: Failure }
  | { readonly kind: 'unreachable'; readonly obstacle: Obstacle; readonly reason: string }

/** Sends one request to another server. When the client goes, the request is given up there, too. */
export type Send = (request: UpstreamRequest, client: Client) => Promise<Sent>

/** For whom it is sent. */
export type Client = Pick<Exchange, 'onLeave'>

/** Where requests go on to, as the operator has it. */
export type UpstreamTarget =
  | {
      readonly to: 'aws'
      /** Instead of the one that the client signs for. */
      readonly region: string | undefined
      readonly fips: boolean
      readonly dualStack: boolean
    }
  | {
      readonly to: 'url'
      /** Without a slash at the end. */
      readonly url: string
      /** With our signature instead of the client's. */
      readonly sign: boolean
      readonly region: string | undefined
    }

/** What may go on to it. */
export interface Guards {
  /** Globs of what calls are about: `queue:orders*`. `undefined`: everything. */
  readonly only: readonly string[] | undefined
  /** Globs of operations. `undefined`: all of them. */
  readonly operations: readonly string[] | undefined
  /** Only what changes nothing. */
  readonly readOnly: boolean
  /** The only account that the credentials may be of. */
  readonly confirmAccount: string | undefined
}

/** Whose signature a request is to bear, and for what. */
export interface Scope {
  readonly region: string
  /** The signing name: `sqs`. */
  readonly service: string
}

/** Whose credentials they are, without anything that is secret. */
export interface Identity {
  readonly accessKeyId: string
  /** Where they were found: `the environment`, `a profile`. */
  readonly source: string
  /** Twelve digits; `undefined` where their source does not tell it. */
  readonly account: string | undefined
}

/** Why there are none: what was tried. */
export interface NoCredentials {
  readonly kind: 'no-credentials'
  readonly reason: string
}

/** Signs for AWS with the credentials of whoever runs pipit. */
export interface Signer {
  identity(): Promise<Identity | NoCredentials>
  /** The same request with a signature instead of what it bore. */
  sign(request: UpstreamRequest, scope: Scope): Promise<UpstreamRequest | NoCredentials>
  /** What AWS's clock says, as its `Date` header has it. `true`: ours was wrong by much, and is corrected from now on. */
  correctClock(date: string | undefined): boolean
  /** Asks for other credentials: those in use have expired. */
  renew(): Promise<void>
}
