# Parallax without Milvus: MILVUS_URI names a server (docker-compose.yml brings one).
FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json ./
COPY src src
COPY web web
RUN npx tsc -p tsconfig.json && npx vite build --config web/vite.config.mjs && npm prune --omit=dev

FROM node:20-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 DATA_FOLDER=/data CACHE_FOLDER=/cache MILVUS_URI=http://milvus:19530
WORKDIR /app
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY bin bin
COPY package.json LICENSE NOTICE ./
COPY schema schema
COPY models models
RUN mkdir -p /data /cache && chown node:node /data /cache
USER node
VOLUME ["/data", "/cache"]
EXPOSE 4000
# The first start downloads the model; the server is live before it is ready.
HEALTHCHECK --interval=10s --timeout=6s --start-period=10m --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/ready').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js"]
