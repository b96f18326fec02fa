/** Waits in real time, and keeps the process alive for it: for commands that have nothing else to do. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
