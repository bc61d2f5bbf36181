-- What a job works on, apart from what was asked in a few words: lists of jobs show the question and leave the input where it is.
alter table job add column input jsonb;
