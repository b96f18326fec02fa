import { formatListenAddress } from '../config/listen-address.ts'
import type { Forward } from '../config/forward.ts'
import { forwardSchema } from '../config/monitor-options.ts'
import { type AdminRoute, adminRoute, json } from '../core/admin-route.ts'
import { PipitError } from '../core/errors.ts'
import type { Monitors } from '../monitors.ts'

const PATH = '/_pipit/monitors'

/**
 * Ports that stand for others: opened, listed, closed. Over HTTP they are opened where the gateway itself listens and
 * nowhere else: whoever may steer it does not thereby decide who reaches the machine.
 */
export function monitorRoutes(monitors: Monitors, host: string | undefined): readonly AdminRoute[] {
  return [
    adminRoute({
      method: 'POST',
      path: PATH,
      summary: 'One port more that stands for another one: what crosses it goes to the journal',
      body: forwardSchema,
      answers: { 201: 'it is open', 409: 'the port is taken; or there are too many' },
      answer: async ({ body }) => json(201, await opened(monitors, withHost(body, host))),
    }),
    adminRoute({
      method: 'GET',
      path: PATH,
      summary: 'All of them, those of the config included',
      answers: { 200: 'a list' },
      answer: () => json(200, { monitors: monitors.all() }),
    }),
    adminRoute({
      method: 'GET',
      path: `${PATH}/{port}`,
      summary: 'One of them, and how much has crossed it',
      answers: { 200: 'the monitor', 404: 'there is none on this port' },
      answer: ({ parameters }) => json(200, monitors.get(Number(parameters['port']))),
    }),
    adminRoute({
      method: 'DELETE',
      path: `${PATH}/{port}`,
      summary: 'Closes it; what is under way ends in a moment',
      answers: { 204: 'it is closed', 404: 'there is none on this port' },
      answer: async ({ parameters }) => {
        await monitors.close(Number(parameters['port']))
        return { status: 204, rawHeaders: [], body: '' }
      },
    }),
  ]
}

function withHost({ listen, target }: Forward, host: string | undefined): Forward {
  if (listen.host !== undefined && listen.host !== host)
    throw new PipitError(
      'bad-request',
      `listen: ${formatListenAddress(listen)} is not where the gateway listens: say the port alone`,
    )
  return { listen: { host, port: listen.port }, target }
}

/** A port that is taken is a conflict here, and the operator's matter at the start. */
async function opened(monitors: Monitors, forward: Forward) {
  try {
    return await monitors.open(forward)
  } catch (error) {
    if (error instanceof PipitError && error.code.startsWith('port-'))
      throw new PipitError('conflict', error.message, { cause: error })
    throw error
  }
}
