import type { AdminRoute, Ask } from '../../core/admin-route.ts'
import type { World } from '../world.ts'
import { changeRoutes } from './changes.ts'
import { localstackRoutes } from './localstack-messages.ts'
import { messageRoutes } from './messages.ts'
import { queueRoutes } from './queues.ts'
import { waitRoute } from './wait.ts'

export interface AdminOptions {
  /** The queues of the session that is asked for. */
  readonly worldOf: (ask: Ask) => World
  /** Of those who name none. */
  readonly region: string
}

/** What SQS adds to the control plane: queues and messages, looked at from outside of the API. */
export function sqsAdminRoutes(options: AdminOptions): readonly AdminRoute[] {
  return [
    ...queueRoutes(options),
    ...messageRoutes(options),
    ...changeRoutes(options),
    waitRoute(options),
    ...localstackRoutes(options),
  ]
}
