import { account } from './account.ts'
import { chain } from './chain.ts'
import { factor } from './factors.ts'
import { fields } from './fields.ts'
import { invitation } from './invitation.ts'
import { mail } from './mail.ts'
import { notices } from './notices.ts'
import { signIn } from './sign-in.ts'

/** Sentences of the server machine. */
export const words = {
  sign_in: signIn,
  factor,
  chain,
  mail,
  account,
  invitation,
  notices,
  field: fields,
  audit: {
    full: 'The audit trail cannot be written at the moment, so what is sensitive is not shown. Try again in a moment.',
  },
  rule: {
    not_allowed: 'Your role does not include this. Ask an administrator of your organization if you need it.',
    proof_needed:
      'Prove that it is you before going on: this act asks for it when you last did so over ten minutes ago.',
    second_factor_missing:
      'Your role asks for a second step at sign-in. Add a passkey or an authenticator app under Account, then go on.',
  },
  access: {
    not_signed_in: 'Sign in to continue.',
    no_org_at: 'There is no organization called "{{slug}}".',
    no_such_org: 'There is no such organization, or you do not belong to it.',
  },
  list: {
    unknown_parameter: 'There is no list option called "{{name}}". Use limit, after, sort, q, count or filter[field].',
    unknown_filter: 'There is no field called "{{name}}" to filter by.',
    unknown_operator: '"{{operator}}" cannot be asked of {{label}}. It takes: {{operators}}.',
    bad_limit: 'limit must be a whole number from 1 to 200.',
    bad_count: 'count must be exact or none.',
    bad_sort: 'There is no field called "{{name}}" to sort by.',
    too_many_sorts: 'At most 4 fields can be sorted by.',
    bad_cursor: 'This page marker is not valid for this list. Start again from the first page.',
    not_searchable: '{{plural}} cannot be searched by words. Use filter[field] instead.',
    too_long_search: 'A search can have at most 100 characters.',
    empty_filter: 'filter[{{name}}] needs a value. To find records without one, ask filter[{{name}}][empty]=true.',
    bad_archived: 'filter[archived] must be true, false or any.',
    repeated: 'The list option "{{name}}" can be given only once.',
  },
  record: {
    not_found: 'There is no such {{label}} here. It may have been removed.',
    invalid_one: 'One field needs attention.',
    invalid_other: '{{count}} fields need attention.',
    stale: 'Somebody else changed this {{label}} in the meantime. Look at the newer version, then save again.',
    archived: 'This {{label}} is archived. Restore it before changing it.',
    taken: '{{label}} "{{value}}" is already in use. It may belong to an archived record.',
    no_target: '{{label}} points to a record that is not here.',
    in_use: 'This {{label}} cannot be deleted, because other records point to it.',
    overlap: 'These dates overlap with another {{label}}. Two of them cannot cover the same day.',
    dates_reversed: 'The last day cannot come before the first.',
    start_state: 'A record begins at its first state, not as {{state}}.',
    no_such_step: 'What is {{from}} cannot become {{to}} in one step.',
    too_great: 'These numbers come to more than can be kept. Look for one that has too many digits.',
    check_failed: 'This {{label}} breaks a rule of the database ({{name}}).',
    bad_match: 'If-Match must carry the version that you read, such as "3".',
    workflow_start: 'A new {{label}} can be {{state}} only when made by someone who may take that step. {{reason}}',
    workflow_state: 'The state is changed by an act, not by editing. Open now: {{acts}}.',
    no_acts: 'none',
    not_archived: 'This {{label}} is not archived.',
  },
  act: {
    unknown: 'There is no act called "{{act}}" for a {{label}}.',
    wrong_state: 'This {{label}} is {{state}}; "{{act}}" is open when it is {{from}}.',
    too_many: 'At most {{most}} records at once.',
  },
  http: {
    malformed: 'The request is not valid JSON. Nothing was changed.',
    too_large: 'The request is larger than the {{most}} that fit. Nothing was changed.',
    too_deep: 'The request is nested too deeply: at most {{most}} levels fit. Nothing was changed.',
    malformed_http: 'The request is not valid HTTP. Nothing was changed.',
    too_slow: 'The request took too long to arrive. Nothing was changed.',
    headers_too_large: 'The address and headers of the request are too long. Nothing was changed.',
    bad_type: 'Send the body as application/json.',
    no_route: 'There is nothing at this address.',
    bad_address: 'This address is not valid.',
    fault: 'Something went wrong on our side. Nothing was changed. Tell your administrator this number: {{request}}.',
    busy: 'The database is not answering. Try again in a moment.',
    bad_request: 'The request could not be read: {{reason}}',
    key_reused: 'This Idempotency-Key was used for a different request within the last 24 hours. Use a new key.',
    key_outlived:
      'This request was carried out before, but what you may do has changed since, so its reply is not given again. ' +
      'Look whether what you wanted is there.',
    bad_key: 'Idempotency-Key must have 1 to 200 printable characters.',
    too_many: 'Too many requests have come from your network. Wait a minute, then try again.',
    unknown_format: 'format must be one of: {{formats}}.',
    module_off: 'This part of Commonhall is switched off for your organization.',
  },
  start: {
    ready: 'Commonhall is ready: {{address}}',
    working: 'Commonhall works through its queue.',
    port_taken: 'Port {{port}} is in use already. Stop what uses it, or choose another one by PORT, such as PORT=3001.',
    demo: 'Sign in to the demo world:',
    host: 'Host console',
    roles: 'In place of staff: {{roles}}.',
    password: 'Password of all of them: {{password}}',
    password_earlier: 'The password was printed at the first start. Forgotten? Delete the data folder and start anew.',
  },
  settings: {
    short_secret: 'JWT_SECRET must have {{least}} or more random characters when NODE_ENV is production.',
    not_whole: '{{name}} must be a whole number from {{least}} to {{most}}.',
    bad_proxy:
      'TRUST_PROXY must be the number of proxies in front, or their addresses or networks with commas between, ' +
      'such as 10.0.0.0/8.',
  },
  boot: {
    old_server: 'This PostgreSQL is version {{version}}. Commonhall needs 18 or newer.',
    bypass: 'The database role "{{role}}" could go around row-level security. The server does not start with it.',
  },
} as const
