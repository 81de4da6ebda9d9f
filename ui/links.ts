import { type LinkProps, linkOptions } from '@tanstack/react-router'

type Search = Record<string, string>

/** Every address of the app that a page may lead to: typed, so that a renamed route does not compile. */
export const links = {
  login: (next?: string) => linkOptions({ to: '/login', search: next ? { next } : {} }),
  forgotPassword: () => linkOptions({ to: '/forgot-password' }),
  secondStep: (next: string) => linkOptions({ to: '/second-step', search: { next } }),
  account: () => linkOptions({ to: '/account' }),
  logout: () => linkOptions({ to: '/logout' }),
  orgs: () => linkOptions({ to: '/' }),
  host: (search: Search = {}) => linkOptions({ to: '/host', search }),
  hostNew: () => linkOptions({ to: '/host/orgs/new' }),
  hostOrg: (slug: string) => linkOptions({ to: '/host/orgs/$slug', params: { slug } }),
  hostActs: () => linkOptions({ to: '/host/acts' }),
  hostJobs: () => linkOptions({ to: '/host/jobs' }),
  hostHealth: () => linkOptions({ to: '/host/health' }),
  home: (org: string) => linkOptions({ to: '/o/$org', params: { org } }),
  /** A page of a module's own, by the path that it declares. */
  page: (org: string, path: string, search: Search = {}) => ({ to: `/o/${org}/${path}`, search }) as LinkProps,
  list: (org: string, path: string, search: Search = {}) =>
    linkOptions({ to: '/o/$org/$path', params: { org, path }, search }),
  create: (org: string, path: string, search: Search = {}) =>
    linkOptions({ to: '/o/$org/$path/new', params: { org, path }, search }),
  record: (org: string, path: string, id: string) =>
    linkOptions({ to: '/o/$org/$path/$id', params: { org, path, id } }),
  edit: (org: string, path: string, id: string) =>
    linkOptions({ to: '/o/$org/$path/$id/edit', params: { org, path, id } }),
  importFile: (org: string, path: string, search: Search = {}) =>
    linkOptions({ to: '/o/$org/$path/import', params: { org, path }, search }),
  imports: (org: string) => linkOptions({ to: '/o/$org/imports', params: { org } }),
  roles: (org: string) => linkOptions({ to: '/o/$org/roles', params: { org } }),
  keys: (org: string) => linkOptions({ to: '/o/$org/api-keys', params: { org } }),
  newKey: (org: string) => linkOptions({ to: '/o/$org/api-keys/new', params: { org } }),
  key: (org: string, id: string) => linkOptions({ to: '/o/$org/api-keys/$id', params: { org, id } }),
  webhooks: (org: string) => linkOptions({ to: '/o/$org/webhooks', params: { org } }),
  newWebhook: (org: string) => linkOptions({ to: '/o/$org/webhooks/new', params: { org } }),
  webhook: (org: string, id: string) => linkOptions({ to: '/o/$org/webhooks/$id', params: { org, id } }),
  editWebhook: (org: string, id: string) => linkOptions({ to: '/o/$org/webhooks/$id/edit', params: { org, id } }),
  inbox: (org: string, search: Search = {}) => linkOptions({ to: '/o/$org/inbox', params: { org }, search }),
  notifications: (org: string) => linkOptions({ to: '/o/$org/inbox/settings', params: { org } }),
  people: (org: string, search: Search = {}) => linkOptions({ to: '/o/$org/people', params: { org }, search }),
  person: (org: string, id: string) => linkOptions({ to: '/o/$org/people/$id', params: { org, id } }),
  audit: (org: string, search: Search = {}) => linkOptions({ to: '/o/$org/audit', params: { org }, search }),
  reports: (org: string) => linkOptions({ to: '/o/$org/reports', params: { org } }),
  report: (org: string, name: string, search: Search = {}) =>
    linkOptions({ to: '/o/$org/reports/$name', params: { org, name }, search }),
}

/** `members?filter[state]=active`, as a metric names it, taken apart for a link. */
export function splitLead(lead: string): { path: string; search: Search } {
  const [path = '', query = ''] = lead.replace(/^\//, '').split('?')
  return { path, search: Object.fromEntries(new URLSearchParams(query)) }
}
