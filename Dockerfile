# The service on Node 24 and Debian: the embedded store's binary needs glibc 2.34 or newer, so no Alpine.
# The version is that of the dependency `node` in package-lock.json, with which the tests run.
ARG NODE_IMAGE=node:24.21.0-trixie-slim

FROM ${NODE_IMAGE} AS build
ENV npm_config_cache=/var/cache/npm
WORKDIR /build
# No install script runs: none is needed, and that of `node` would fetch a second Node.
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=cache,target=/var/cache/npm \
    npm ci --ignore-scripts --no-audit --no-fund
COPY . .
# What the image holds is what the package holds.
RUN npm pack --silent --pack-destination /tmp \
    && mkdir -p /app /data/exports \
    && tar -xzf /tmp/hyperscene-*.tgz -C /app --strip-components=1
WORKDIR /app
# What runs models is an optional peer of the package, and part of the image. Its copy of llama.cpp's sources is not.
# Of the tokenizer's three forms one is loaded; type declarations and source maps are for programmers.
RUN --mount=type=cache,target=/var/cache/npm \
    cp /build/package-lock.json /build/.npmrc . \
    && npm pkg set "dependencies.node-llama-cpp=$(node -p "require('./package.json').peerDependencies['node-llama-cpp']")" \
    && npm pkg delete devDependencies.node-llama-cpp \
    && npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
    && rm -rf node_modules/gpt-tokenizer/cjs node_modules/gpt-tokenizer/data node_modules/gpt-tokenizer/src node_modules/node-llama-cpp/llama/gitRelease.bundle \
    && find node_modules -type f -regextype posix-extended -regex '.*\.(map|[cm]?ts)' -delete
# No image whose program misses a part: the doctor opens a store and reads in both languages.
RUN node bin/hyperscene.js doctor --data /tmp/check

FROM ${NODE_IMAGE}
LABEL org.opencontainers.image.title="Hyperscene" \
      org.opencontainers.image.description="A knowledge-graph service for scene coupling" \
      org.opencontainers.image.licenses="Apache-2.0 AND CC-BY-SA-4.0"
# Of glibc's heaps: with one a thread 70 MB more stay scattered after minutes of load.
ENV NODE_ENV=production \
    MALLOC_ARENA_MAX=2 \
    HYPERSCENE_DATA=/data \
    HYPERSCENE_MODELS=/data/models \
    HYPERSCENE_HOST=0.0.0.0 \
    HYPERSCENE_PORT=4000
# Owned by root: the service cannot change its own program.
COPY --from=build /app /app
# The image's user `node`, by number, so that a scheduler sees that it is not root. A new volume takes over its folder.
COPY --from=build --chown=1000:1000 /data /data
USER 1000:1000
WORKDIR /data
VOLUME /data
EXPOSE 4000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
    CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.HYPERSCENE_PORT + '/ready').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/bin/hyperscene.js"]
CMD ["serve"]
