/** What a test or a tool may import from `pipit`: the gateway in process, and its configuration. */
export { loadConfig, type Config, type DeclaredQueue } from './config.ts'
export { createWallClock, VirtualClock, type Clock } from './core/clock.ts'
export { PipitError } from './core/errors.ts'
export type { Finished } from './core/finished.ts'
export { createGateway, type Gateway, type GatewayOptions } from './gateway.ts'
