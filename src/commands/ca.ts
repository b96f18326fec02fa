import type { CommandModule } from 'yargs'
import { type ClientFlags, clientOf, withClientOptions } from './client-verb.ts'

const command: CommandModule<object, ClientFlags> = {
  command: 'ca',
  describe: 'print the certificate that clients of the HTTPS port have to trust',
  builder: (yargs) =>
    withClientOptions(yargs)
      .example('pipit ca > ca.pem', 'for AWS_CA_BUNDLE and NODE_EXTRA_CA_CERTS')
      .example('docker compose exec -T pipit pipit ca > ca.pem', "a container's")
      .example('pipit ca --url http://localhost:8080', "another pipit's"),
  handler: async ({ url }) => {
    process.stdout.write(await clientOf({ url }).text('/_pipit/ca'))
  },
}

export default command
