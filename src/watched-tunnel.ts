/** What a forwarded port takes, loaded with the first of them: one file is found and linked sooner than four. */
export { Tunnel } from './http/tunnel.ts'
export { endedOf } from './monitor/ended-of.ts'
export { Monitor } from './monitor/monitor.ts'
export { readerFor } from './monitor/reading.ts'
