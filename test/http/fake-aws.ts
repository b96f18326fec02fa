import type { IncomingMessage } from 'node:http'
import type { ExecutionContext } from 'ava'
import type { HttpRequest, HttpResponse } from '../../src/core/exchange.ts'
import { bodyOf, type FarServer, farServer } from './far-server.ts'
import { signatureComplaint } from './signature-check.ts'

/** The one key that it knows; what pipit signs with in these tests. */
export const AWS_KEY = { AWS_ACCESS_KEY_ID: 'AKIAREALREALREAL', AWS_SECRET_ACCESS_KEY: 'the/real+secret' } as const

export interface FakeAws extends FarServer {
  /** Requests whose signature was right. */
  readonly accepted: readonly HttpRequest[]
  /** What was wrong with the others. */
  readonly complaints: readonly string[]
}

/** An endpoint that answers only who has signed. */
export async function fakeAws(
  t: ExecutionContext,
  answer: (request: HttpRequest) => HttpResponse = () => jsonAnswer({}),
): Promise<FakeAws> {
  const accepted: HttpRequest[] = []
  const complaints: string[] = []
  const reply = async (incoming: IncomingMessage): Promise<HttpResponse> => {
    const { method = '', url = '', rawHeaders } = incoming
    const request = { method, target: url, rawHeaders, body: await bodyOf(incoming) }
    const complaint = signatureComplaint(request, { [AWS_KEY.AWS_ACCESS_KEY_ID]: AWS_KEY.AWS_SECRET_ACCESS_KEY })
    if (complaint !== undefined) {
      complaints.push(complaint)
      return REFUSAL
    }
    accepted.push(request)
    return answer(request)
  }
  const far = await farServer(t, (incoming, response) => {
    void reply(incoming).then(({ status, rawHeaders, body }) => {
      response.writeHead(status, [...rawHeaders]).end(body)
      return undefined
    })
  })
  return { ...far, accepted, complaints }
}

export function jsonAnswer(body: object, status = 200): HttpResponse {
  const rawHeaders = ['x-amzn-RequestId', 'their-id', 'Content-Type', 'application/x-amz-json-1.0']
  return { status, rawHeaders, body: JSON.stringify(body) }
}

const REFUSAL = jsonAnswer({ __type: 'com.amazon.coral.service#SignatureDoesNotMatch', message: 'no' }, 403)
