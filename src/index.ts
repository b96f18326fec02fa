/** What a plugin, a test or a tool may import from `pipit`: services and injectors, a client, the gateway, its config. */
export {
  connect,
  type FaultReport,
  type FaultScript,
  type FaultsControl,
  type Pipit,
  type PipitSession,
  type ReplayControl,
  type ReplayReport,
  type ResetScope,
  type SessionRules,
  type SessionTime,
} from './client.ts'
export { loadConfig, type Config, type DeclaredQueue } from './config.ts'
export { createWallClock, VirtualClock, type Clock } from './core/clock.ts'
export type { Finished } from './core/finished.ts'
export type { WrittenFault } from './injectors/rules/configured-rules.ts'
export type { WrittenRule } from './injectors/rules/rule.ts'
export type { NamedInjector } from './injectors/rules/vocabulary.ts'
export { createGateway, type Gateway, type GatewayOptions } from './gateway.ts'
export { type AdminRoute, adminRoute } from './core/admin-route.ts'
export { parseDuration, duration } from './core/duration.ts'
export { type ApiError, PipitError, ServiceError } from './core/errors.ts'
export {
  type Exchange,
  type HttpRequest,
  type HttpResponse,
  type Outcome,
  header,
  withRequest,
} from './core/exchange.ts'
export type { Hop } from './core/hop.ts'
export type { Service } from './core/service.ts'
export { strictly } from './core/strictly.ts'
export type { CallContext } from './plugins/call-context.ts'
export { defineInjector, type InjectionContext, type InjectorDefinition } from './plugins/define-injector.ts'
export { defineService, type ServiceContext, type ServiceDefinition } from './plugins/define-service.ts'
export { shape } from './plugins/shape.ts'
export * as v from 'valibot'
