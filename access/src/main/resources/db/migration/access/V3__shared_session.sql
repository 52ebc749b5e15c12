-- A cookie session that everything in a web administration's page uses together: it lasts as long
-- as its token, and no single user of it ends it.
ALTER TABLE access_token ADD COLUMN shared boolean NOT NULL DEFAULT false;
