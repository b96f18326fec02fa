# The build stage: the compiler and everything else that only developers need stays here.
FROM node:24-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json ./
COPY src ./src
RUN npx --no-install tsc --declaration false --sourceMap false

# The image: what runs, and nothing else.
FROM node:24-slim
LABEL org.opencontainers.image.title="pipit" \
      org.opencontainers.image.description="A gateway for testing code that talks to AWS SQS, without AWS." \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="MIT"
WORKDIR /app
COPY package.json package-lock.json LICENSE ./
# `optional` too: a compiler is an optional peer of a dependency, and would come along.
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund \
 && npm cache clean --force \
 && rm -rf /root/.npm
COPY --from=build /build/dist/src ./dist/src
RUN chmod 755 dist/src/cli.js && ln -s /app/dist/src/cli.js /usr/local/bin/pipit

# One mount holds a user's own files: pipit.yaml beside what it names.
WORKDIR /pipit
RUN chown node:node /pipit
USER node

# All addresses: what is reachable from outside is decided by what is published.
ENV NODE_ENV=production \
    PIPIT_HOST=0.0.0.0
EXPOSE 3000
# `pipit health` asks the port that PORT names, and loads no more than it takes to ask.
HEALTHCHECK --interval=2s --timeout=2s --start-period=1s --retries=5 CMD ["pipit", "health"]
ENTRYPOINT ["pipit"]
