import { existsSync } from 'node:fs'

/** Where ElasticMQ's image looks for it, and a compose file that was switched over by its image still mounts it. */
export const ELASTICMQ_CONF = '/opt/elasticmq.conf'

/** A line for the log where there is one: its queues would be missing without a word. */
export function elasticmqNote(path = ELASTICMQ_CONF): string | undefined {
  if (!existsSync(path)) return undefined
  return `${path} is not read: say its queues in /pipit/pipit.yaml or PIPIT_QUEUES (README, "From ElasticMQ")`
}
