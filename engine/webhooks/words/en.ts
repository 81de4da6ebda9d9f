/** Sentences about webhooks. */
export const words = {
  bad_networks:
    'WEBHOOK_NETWORKS has "{{text}}", which is no network. Write addresses or networks with commas between, such as ' +
    '192.168.10.0/24, fd12:3456::/32.',
  fault: {
    no_url: 'This is no web address. It looks like https://example.org/hooks/42.',
    no_http: 'The address must begin with https:// or http://.',
    user_info:
      'The address must have no user name or password in it. Messages are signed; the receiver checks that instead.',
    bad_port: 'Webhooks are not sent to this port. Use the usual one (443 or 80), or one of 1024 and above.',
    no_address: 'This name cannot be found. Check the address for a typing mistake.',
    closed_address:
      'This address leads into a closed network, such as this machine or an office. Whoever runs the server can open ' +
      'such a network by name, with WEBHOOK_NETWORKS.',
  },
  no_events: 'Choose at least one event.',
  unknown_event: 'There is no event "{{type}}" in your organization.',
  too_many: 'An organization has at most {{most}} webhooks. Delete one that is not needed, then try again.',
  reason: {
    paused: 'Paused by hand; the history says by whom.',
    gone: 'The receiver answered 410: it wants no more messages.',
    failing: 'No message could be delivered for {{days}} days.',
    owner:
      'The person on whose behalf it told what happens may not set up webhooks any more. Resume it to have it tell ' +
      'what you may read.',
    no_secret: 'Its secret cannot be read any more. Change the secret, tell the receiver, then resume.',
  },
  not_paused: 'This webhook is at work already.',
  is_disabled: 'This webhook is switched off already.',
  no_delivery: 'There is no such delivery.',
  still_waiting: 'This message is still waiting for its turn.',
  bad_since: 'Say since when, as an instant such as 2026-05-01T00:00:00Z, at most 30 days ago.',
  bad_state: 'Ask for one of these states: {{list}}.',
  test_waiting: 'A test is on its way already. Wait for what becomes of it.',
  stopped: {
    title: 'The webhook “{{name}}” has stopped',
    kept: 'What happens in the meantime is kept for 30 days, and goes out once somebody resumes the webhook.',
    act: 'Look at the webhook',
  },
  outcome: {
    delivered: 'Delivered',
    refused: 'The receiver answered with {{status}}',
    redirected: 'The receiver sent it elsewhere ({{status}}), which webhooks do not follow',
    gone: 'The receiver wants no more messages (410)',
    timeout: 'The receiver took longer than 15 seconds',
    unreachable: 'Nobody answered at this address',
    bad_certificate: 'The certificate of the receiver is not valid',
    broken: 'The connection broke',
    not_made: 'The message could not be made; whoever runs the server finds the reason in its log',
  },
  type: {
    created: '{{label}} added',
    updated: '{{label}} changed',
    archived: '{{label}} archived',
    restored: '{{label}} brought back',
    deleted: '{{label}} deleted',
    'file-attached': '{{label}}: file attached',
    'file-replaced': '{{label}}: new version of a file',
    'file-detached': '{{label}}: file deleted',
    act: '{{label}}: “{{act}}”',
  },
  told: {
    record: '{{label}} {{title}}: {{did}}',
    created: 'added',
    updated: 'changed',
    changed: 'changed ({{fields}})',
    archived: 'archived',
    restored: 'brought back',
    deleted: 'deleted',
    'file-attached': 'a file was attached',
    'file-replaced': 'a file got a new version',
    'file-detached': 'a file was deleted',
    test: 'This is a test of the webhook “{{name}}” of {{org}}. It works.',
    from: '{{org}} on Commonhall',
  },
} as const
