import test from 'ava'
import { ELASTICMQ_CONF, elasticmqNote } from '../../src/commands/elasticmq-conf.ts'

test("ElasticMQ's config is told about where there is one, since nobody reads it", (t) => {
  t.is(elasticmqNote('/opt/there-is-none.conf'), undefined)
  t.regex(elasticmqNote(import.meta.filename) ?? '', /elasticmq-conf\.test\.js is not read: say its queues in/)
  t.is(ELASTICMQ_CONF, '/opt/elasticmq.conf')
})
