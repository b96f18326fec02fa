import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import net, { type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import { createWallClock } from '../../src/core/clock.ts'
import { createAuthority } from '../../src/http/authority.ts'
import { authorization } from '../hops/exchanges.ts'
import { AWS_KEY } from '../http/fake-aws.ts'
import { bodyOf, listening } from '../http/far-server.ts'
import { signatureComplaint } from '../http/signature-check.ts'
import { startGateway } from './gateway-process.ts'

const HOST = 'sqs.eu-west-1.amazonaws.com'

test('from behind a proxy that reads TLS, AWS is reached with a right signature, over one connection', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'pipit-proxy-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  const authority = await createAuthority(createWallClock())
  writeFileSync(join(folder, 'ca.pem'), authority.caPem)

  const complaints: (string | undefined)[] = []
  const open: Socket[] = []
  const aws = https.createServer(await authority.issue([HOST]), (request, response) => {
    void bodyOf(request).then((body) => {
      const { method = '', url = '', rawHeaders } = request
      const secrets = { [AWS_KEY.AWS_ACCESS_KEY_ID]: AWS_KEY.AWS_SECRET_ACCESS_KEY }
      complaints.push(signatureComplaint({ method, target: url, rawHeaders, body }, secrets))
      return response.end(JSON.stringify({ QueueUrl: `https://${HOST}/123456789012/orders` }))
    })
  })
  aws.on('connection', (socket: Socket) => open.push(socket))
  const port = await listening(t, aws, open)

  const tunnels: string[] = []
  const proxy = http.createServer()
  proxy.on('connect', (request, socket) => {
    tunnels.push(`${request.url} ${request.headers['proxy-authorization']}`)
    const far = net.connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      far.pipe(socket).pipe(far)
    })
    for (const end of [far, socket as Socket]) open.push(end.on('error', () => {}))
  })
  const proxyPort = await listening(t, proxy, open)

  const gateway = await startGateway({
    args: ['--mode', 'forward', '--upstream', 'aws'],
    env: {
      ...AWS_KEY,
      AWS_EC2_METADATA_DISABLED: 'true',
      HTTPS_PROXY: `http://user:pass@127.0.0.1:${proxyPort}`,
      NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
    },
  })
  for (let n = 0; n < 3; n++) {
    const answer = await fetch(`${gateway.url}/sqs/`, {
      method: 'POST',
      headers: { 'x-amz-target': 'AmazonSQS.GetQueueUrl', authorization: authorization() },
      body: '{"QueueName":"orders"}',
    })
    t.deepEqual(await answer.json(), { QueueUrl: `${gateway.url}/sqs/123456789012/orders` })
  }
  t.deepEqual(complaints, [undefined, undefined, undefined])
  t.deepEqual(tunnels, [`${HOST}:443 Basic ${Buffer.from('user:pass').toString('base64')}`])
  t.false(gateway.output().includes('user:pass'))
  t.is((await gateway.stop()).code, 0)
})
