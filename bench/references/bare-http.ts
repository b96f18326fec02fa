import { hash } from 'node:crypto'
import { createServer } from 'node:http'

/** The ceiling of node:http: reads the body, answers what SendMessage answers, does nothing else. */
const [port, work] = process.argv.slice(2)
const requestId = 'fefcaad5-e930-4d67-bf64-199937045427'
const body = Buffer.from(`{"MD5OfMessageBody":"${'0'.repeat(32)}","MessageId":"${requestId}"}`)
const headers = {
  'Content-Type': 'application/x-amz-json-1.0',
  'x-amzn-RequestId': requestId,
  'Content-Length': body.length,
}

const server = createServer({ noDelay: true, keepAlive: true }, (request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    // What nobody gets around: the body is read as JSON, and the message has an MD5.
    if (work === 'work')
      hash('md5', (JSON.parse(Buffer.concat(chunks).toString()) as { MessageBody: string }).MessageBody)
    response.writeHead(200, headers)
    response.end(body)
  })
})
server.keepAliveTimeout = 120_000
server.listen(Number(port), '127.0.0.1')
