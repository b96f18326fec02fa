import { type Call, type HttpRequest, header } from '../core/exchange.ts'
import { percentDecoded } from '../core/percent.ts'
import { isForm } from '../protocols/query-parameters.ts'
import { queueUrlElsewhere } from './queue-url.ts'
import { sqsShapes } from './shapes.ts'

/** The 17 operations that take one. */
const TAKES_QUEUE_URL = new Set(
  Object.entries(sqsShapes.operations).flatMap(([name, { input }]) => ('QueueUrl' in input.members ? [name] : [])),
)

/**
 * The same request with the QueueUrl that the other server knows. Everything else stays as the client wrote it: what it
 * means is for the other server to judge.
 */
export function delocalize(request: HttpRequest, call: Call, there: string): HttpRequest {
  if (!TAKES_QUEUE_URL.has(call.operation) || call.input['QueueUrl'] === undefined) return request
  if (call.protocol.name === 'awsJson1_0') return { ...request, body: inDocument(request.body, there) }
  const { target } = request
  const query = target.indexOf('?')
  return {
    ...request,
    target: query < 0 ? target : target.slice(0, query + 1) + inParameters(target.slice(query + 1), there),
    body: isForm(header(request, 'content-type'))
      ? Buffer.from(inParameters(request.body.toString('latin1'), there), 'latin1')
      : request.body,
  }
}

/** The call has been decoded, and has one: there is a document, and it is a text. */
function inDocument(body: Buffer, there: string): Buffer {
  const document = JSON.parse(body.toString('utf8')) as { readonly QueueUrl: string }
  return Buffer.from(JSON.stringify({ ...document, QueueUrl: queueUrlElsewhere(document.QueueUrl, there) }))
}

function inParameters(text: string, there: string): string {
  return text
    .split('&')
    .map((pair) => {
      const equals = pair.indexOf('=')
      if (equals < 0 || unescaped(pair.slice(0, equals)) !== 'QueueUrl') return pair
      const url = unescaped(pair.slice(equals + 1))
      return url === undefined ? pair : `QueueUrl=${encodeURIComponent(queueUrlElsewhere(url, there))}`
    })
    .join('&')
}

function unescaped(text: string): string | undefined {
  return percentDecoded(text.replaceAll('+', ' '))
}
