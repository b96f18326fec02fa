import test from 'ava'
import { adminRoute, type AdminMethod, json } from '../../src/core/admin-route.ts'
import { router } from '../../src/admin/router.ts'

const route = (method: AdminMethod, path: string) =>
  adminRoute({ method, path, summary: path, answers: {}, answer: () => json(200, {}) })

const find = router([
  route('GET', '/_pipit/queues/{name}'),
  route('DELETE', '/_pipit/queues/{name}'),
  route('GET', '/_pipit/queues/all'),
  route('POST', '/_pipit/queues'),
  route('POST', '/_pipit/queues/{name}/messages/{id}'),
])

const found = (method: string, path: string): unknown => {
  const at = find(method, path)
  if (at === undefined) return 'nothing'
  return 'allowed' in at ? at.allowed : [at.route.path, at.parameters]
}

const rows: readonly [string, string, string, unknown][] = [
  ['a path as it is written', 'POST', '/_pipit/queues', ['/_pipit/queues', {}]],
  ['slashes at the end do not count', 'POST', '/_pipit/queues//', ['/_pipit/queues', {}]],
  ['a name in braces', 'GET', '/_pipit/queues/orders', ['/_pipit/queues/{name}', { name: 'orders' }]],
  ['a name is decoded', 'DELETE', '/_pipit/queues/a%2Fb', ['/_pipit/queues/{name}', { name: 'a/b' }]],
  ['a malformed escape names nothing', 'GET', '/_pipit/queues/%E0', ['/_pipit/queues/{name}', { name: '' }]],
  ['what is written out wins', 'GET', '/_pipit/queues/all', ['/_pipit/queues/all', {}]],
  ['two names', 'POST', '/_pipit/queues/q/messages/1', ['/_pipit/queues/{name}/messages/{id}', { name: 'q', id: '1' }]],
  ['HEAD is GET', 'HEAD', '/_pipit/queues/orders', ['/_pipit/queues/{name}', { name: 'orders' }]],
  ['another method', 'PUT', '/_pipit/queues/orders', ['GET', 'DELETE']],
  ['nothing there', 'GET', '/_pipit/nonsense', 'nothing'],
  ['nothing so deep', 'GET', '/_pipit/queues/a/b', 'nothing'],
]

for (const [title, method, path, expected] of rows)
  test(`the router: ${title}`, (t) => t.deepEqual(found(method, path), expected))
