export { portalRoutes, type PortalDeps, type PublishedDocument } from './routes.ts'
