/**
 * What the real service answered, field by field. The recordings are in test/data; the requests are here in plain code.
 *
 * Without more: against a fresh mock in this process for each scenario, on a virtual clock. With PIPIT_TEST_ENDPOINT
 * (`http://localhost:3000/sqs`, or any other mock of SQS) over HTTP against that, with real waiting, into queues of
 * random names that are deleted in the end. `https://sqs.us-east-1.amazonaws.com` is an endpoint too, with AWS_REGION,
 * AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and, where there is one, AWS_SESSION_TOKEN in the environment; the real
 * service samples its servers on a short poll, so an empty answer there may be chance.
 *
 *     npx ava test/scenarios/aws-answers.test.ts
 */
import test from 'ava'
import './aws-answers/batches.ts'
import './aws-answers/dead-letters.ts'
import './aws-answers/fifo.ts'
import './aws-answers/messages.ts'
import './aws-answers/move-tasks.ts'
import './aws-answers/permissions.ts'
import './aws-answers/queues.ts'
import { recordings, registered } from './aws-answers/scenario.ts'

test('every recorded scenario is here', (t) => {
  t.deepEqual([...registered].toSorted(), Object.keys(recordings).toSorted())
})
