/** Sentences of the live streams. */
export const words = {
  no_topics: 'Say in topics what to listen to, such as topics=members,inbox.',
  too_many_topics: 'At most {{most}} topics can be listened to at once.',
  unknown_topic:
    '"{{topic}}" cannot be listened to. Use the plural of records that keep a history, such as members, one of them ' +
    'as members/ID, or inbox.',
  unknown_option: 'There is no option called "{{name}}". Use topics, after, wait or tab.',
  repeated: 'The option "{{name}}" can be given only once.',
  bad_wait: 'wait must be a whole number of seconds from 0 to {{most}}.',
  bad_tab: 'tab must be a UUID.',
  too_many: {
    session: 'Too many windows of this browser are listening at once. Close some, then try again.',
    user: 'You are listening in too many places at once. Close some, then try again.',
    org: 'Too many people of this organization are listening at once. Try again in half a minute.',
    process: 'Too many people are listening at once. Try again in half a minute.',
  },
  editing: {
    unknown_field: 'There is no field called "{{name}}". Use topic, editing and tab.',
    unknown_topic: 'topic must name one record, such as members/ID.',
    not_boolean: 'editing must be true or false.',
    not_uuid: 'tab must be a UUID.',
  },
}
