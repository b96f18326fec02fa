import { type AdminRoute, adminRoute } from '../core/admin-route.ts'
import { PipitError } from '../core/errors.ts'

/** The certificate that clients have to trust, to be saved as a file. Its key is nobody's business. */
export function caRoute(caPem: () => string | undefined = () => undefined): AdminRoute {
  return adminRoute({
    method: 'GET',
    path: '/_pipit/ca',
    summary: 'The CA that was made at start, for clients to trust',
    answers: { 200: 'a certificate in PEM', 404: 'there is none' },
    produces: 'application/x-pem-file',
    answer: () => {
      const pem = caPem()
      if (pem === undefined)
        throw new PipitError(
          'not-found',
          'there is no CA: PIPIT_TLS_LISTEN makes one, unless a certificate is brought along (tls.cert)',
        )
      return {
        status: 200,
        rawHeaders: ['Content-Type', 'application/x-pem-file', 'Cache-Control', 'no-store'],
        body: pem,
      }
    },
  })
}
