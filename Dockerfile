# The build stage: the bundler and everything else that only developers need stays here.
FROM node:24-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json bundle.js ./
COPY src ./src
RUN node bundle.js && rm dist/bundle/*.map

# The example suite of docker-compose.yml: an app that consumes, and what tests it. No part of pipit's image.
FROM build AS app
WORKDIR /build/examples
COPY examples ./
USER node
CMD ["node", "orders/app.js"]

FROM app AS tests
CMD ["node", "--test", "orders/orders.test.js"]

# The image: what runs, and nothing else.
FROM node:24-slim
LABEL org.opencontainers.image.title="pipit" \
      org.opencontainers.image.description="A gateway for testing code that talks to AWS SQS, without AWS." \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.base.name="docker.io/library/node:24-slim"
WORKDIR /app
COPY package.json package-lock.json LICENSE ./
# `optional` too: a compiler is an optional peer of a dependency, and would come along.
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund \
 && npm cache clean --force \
 && rm -rf /root/.npm /tmp/node-compile-cache
COPY --from=build /build/dist/bundle ./dist/bundle
# LocalStack's image has awslocal and aws on PATH, and health checks and init scripts call them.
RUN chmod 755 dist/bundle/cli.js && ln -s /app/dist/bundle/cli.js /usr/local/bin/pipit \
 && printf '#!/bin/sh\nexec pipit awslocal "$@"\n' > /usr/local/bin/awslocal \
 && chmod 755 /usr/local/bin/awslocal && ln -s awslocal /usr/local/bin/aws
# A volume that is mounted at /tls takes over that everybody may write there, like /tmp: PIPIT_TLS_CA_FILE=/tls/ca.pem.
RUN mkdir -m 1777 /tls

# One mount holds a user's own files: pipit.yaml beside what it names.
WORKDIR /pipit
RUN chown node:node /pipit && mkdir /app/dist/compiled && chown node:node /app/dist/compiled
USER node
# What a start and a health check compile is compiled here, once. Node keeps it for this user alone; others do without.
RUN pipit run -- pipit health

# All addresses: what is reachable from outside is decided by what is published. LocalStack's and ElasticMQ's ports,
# too, for those who say nothing: a compose file is then switched over by its image alone.
ENV NODE_ENV=production \
    PIPIT_HOST=0.0.0.0 \
    PIPIT_DEFAULT_LISTEN=:3000,:4566,:9324
EXPOSE 3000 4566 9324
# `pipit health` asks what the running command has written down, else the port that PORT names, and loads no more than
# it takes to ask. Init scripts may take as long as the start period; the first good answer ends it.
HEALTHCHECK --interval=2s --timeout=2s --start-period=60s --retries=5 CMD ["pipit", "health"]
ENTRYPOINT ["pipit"]
