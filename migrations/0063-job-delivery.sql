-- Whose turn a job is, retries and dead workers are the queue's; the row keeps what people see. `taken_by` only keeps a worker that was taken for dead from writing on.
alter table job drop column attempts, drop column leased_until;
alter table job rename column leased_by to taken_by;
