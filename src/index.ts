/** What a test or a tool may import from `pipit`: a client of a running one, the gateway in process, its config. */
export {
  connect,
  type FaultReport,
  type FaultScript,
  type FaultsControl,
  type Pipit,
  type PipitSession,
  type ResetScope,
  type SessionRules,
  type SessionTime,
} from './client.ts'
export { loadConfig, type Config, type DeclaredQueue } from './config.ts'
export { createWallClock, VirtualClock, type Clock } from './core/clock.ts'
export { PipitError } from './core/errors.ts'
export type { Finished } from './core/finished.ts'
export type { WrittenFault } from './injectors/rules/configured-rules.ts'
export type { WrittenRule } from './injectors/rules/rule.ts'
export type { NamedInjector } from './injectors/rules/vocabulary.ts'
export { createGateway, type Gateway, type GatewayOptions } from './gateway.ts'
