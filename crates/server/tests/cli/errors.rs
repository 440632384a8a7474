//! Error messages and exit statuses.

use insta::assert_snapshot;
use serde_json::json;

use crate::folder::Folder;

#[test]
fn a_rejected_value_is_named_with_the_option_and_the_expected_value() {
    let folder = Folder::with_database();
    folder.run_json("organization create Acme");
    let transcript = folder.run_failing(&[
        "organization create Acme",
        "application update app_x --name Y",
        "organization create Other --plan gold",
        "organization create ",
        "organization show unknown",
        "organization add-domain acme ada@acme.example",
        "application create X --redirect-uri http://app.example.com/",
    ]);
    assert_snapshot!(transcript);
}

#[test]
fn invalid_connections_are_rejected_with_the_reason() {
    let folder = Folder::with_database();
    folder.run_json("organization create Acme --plan starter");
    let transcript = folder.run_failing(&[
        "connection create acme X --metadata $FILES/captured/simplesamlphp-1.19.7.idp-metadata.xml \
         --metadata-certificate $FILES/fixtures-keys/rsa-2048.crt",
        "connection create acme X --metadata $FILES/fixtures-metadata/foreign-service-provider.xml",
        "connection create acme Okta --issuer https://idp.example --sign-on-url ftp://idp.example \
         --certificate $FILES/fixtures-keys/rsa-2048.crt",
        "connection create acme Okta --issuer https://idp.example \
         --sign-on-url https://idp.example/sso --certificate $FILES/fixtures-keys/rsa-2048.key",
    ]);
    assert!(
        !transcript.contains("BEGIN"),
        "the message contains the key"
    );
    assert_snapshot!(transcript);
}

#[test]
fn a_problem_names_the_argument_as_the_command_calls_it() {
    let folder = Folder::with_database();
    folder.create_organization();
    let id = folder.run_json("connection create acme Draft")["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let transcript = folder.run_failing(&[
        "operator invite nomail",
        "sign-in-link nomail",
        "sign-in-link ada@acme.example",
        &format!("setup-link create {id} --email nomail"),
        &format!("connection update {id} --role-rule admins=boss"),
        &format!("connection update {id} --issuer urn:x"),
        &format!("connection update {id} --name-id-format email"),
        &format!("connection update {id} --acs-url https://evil.example/token"),
        &format!("connection activate {id}"),
        &format!("connection disable {id}"),
    ]);
    assert_snapshot!(transcript);
}

#[test]
fn a_value_that_an_option_does_not_accept_is_a_usage_error() {
    let transcript = Folder::with_database().run_failing(&[
        "connection update con_a --provider x",
        "connection update con_a --sign-on-binding x",
        "connection update con_a --idp-initiated x",
        "connection update con_a --provisioning x",
        "connection update con_a --clock-tolerance abc",
        "connection update con_a --clock-tolerance -1",
        "connection update con_a --role-rule x",
        "organization add-domain acme acme.example --verification x",
        "application update app_a --client-type x",
        "application update app_a --auth-method x",
        "application update app_a --id-token-alg x",
        "setup-link create con_a --purpose x",
        "setup-link create con_a --hours 0",
    ]);
    assert_snapshot!(transcript);
}

#[test]
fn errors_are_printed_as_json() {
    let folder = Folder::with_database();
    folder.run_json("organization create Acme");
    let transcript = folder.run_failing(&[
        "organization create Acme --json",
        "connection create acme x --entity-id a\tb --json",
        "connection create acme x --metadata nothing.xml --json",
        "connection create acme x --provider y --json",
        "organization list --config nothing.toml --json",
    ]);
    assert_snapshot!(transcript);
}

#[test]
fn an_organization_is_deleted_after_a_confirmation() {
    let folder = Folder::with_database();
    folder.create_organization();
    folder.create_connection();
    let transcript = folder.run_failing(&["organization delete acme"]);
    assert_snapshot!(transcript, @"
    $ vestibule organization delete acme
    exit status 2
    vestibule: nothing was deleted: this deletes the organization Acme. Its connections (1), domains (0) and members (0) are deleted with it. All their sessions end. You can't undo this. To confirm, add --yes
    ");
    assert_eq!(folder.run("organization delete acme --yes").status, 0);
    let list = folder.run("organization list");
    assert_eq!(
        (list.stdout.as_str(), list.messages().as_str()),
        ("", "No organizations yet.\n")
    );
}

/// Without a terminal, `--yes` is the only confirmation.
#[test]
fn what_is_deleted_for_good_is_confirmed() {
    let folder = Folder::with_database();
    folder.create_organization();
    let connection = folder.create_connection();
    let created = "application create Wiki --redirect-uri https://wiki.example/cb";
    let application = folder.run_json(created)["id"].as_str().unwrap().to_owned();
    folder.run_json("organization add-domain acme acme.example");
    let commands = [
        format!("connection delete {connection}"),
        format!("application delete {application}"),
        "organization remove-domain acme acme.example".to_owned(),
    ];
    let commands: Vec<&str> = commands.iter().map(String::as_str).collect();
    assert_snapshot!(folder.run_failing(&commands), @"
    $ vestibule connection delete [con]
    exit status 2
    vestibule: nothing was deleted: this deletes the connection Lab. No active member has an account at this connection. Its settings, versions, keys and setup links are deleted. You can’t undo this. Its sign-in attempts are kept. To confirm, add --yes

    $ vestibule application delete [app]
    exit status 2
    vestibule: nothing was deleted: this deletes the application Wiki. Its sign-ins stop, and its codes and tokens no longer work. You can't undo this: a new application has another client ID and secret. To confirm, add --yes

    $ vestibule organization remove-domain acme acme.example
    exit status 2
    vestibule: nothing was deleted: this deletes the domain acme.example. Email addresses in the domain no longer lead to the organization, and are no longer verified at sign-ins. To use the domain again, it has to be verified again. To confirm, add --yes
    ");
    for command in commands {
        assert_eq!(
            folder.run(&format!("{command} --yes")).status,
            0,
            "{command}"
        );
    }
    assert_eq!(folder.run_json("connection list acme")["items"], json!([]));
}

#[test]
fn a_connection_on_a_plan_without_sso_cannot_be_activated() {
    let folder = Folder::with_database();
    folder.run_json("organization create Acme --plan starter");
    let id = folder.create_connection();
    let result = folder.run(&format!("connection activate {id}"));
    assert_eq!(result.status, 1);
    assert_eq!(result.stdout, "");
    assert_snapshot!(result.messages(), @"vestibule: the plan starter of acme does not include SAML single sign-on; it is part of enterprise and the plans above");
}

#[test]
fn commands_that_cannot_run_exit_with_status_2() {
    let transcript = Folder::with_database().run_failing(&[
        "organisation list",
        "connection create acme X --metadata nothing.xml",
        "connection update con_a --sign-requests perhaps",
        "organization list --config nothing.toml",
        "serve --port 1",
    ]);
    assert_snapshot!(transcript);
}

#[test]
fn a_command_without_its_subcommand_prints_the_usage() {
    let result = Folder::with_database().run("organization");
    assert_eq!(result.status, 2);
    assert!(result.stderr.contains("Usage"), "{}", result.stderr);
}

#[test]
fn all_configuration_errors_are_reported_together() {
    let folder = Folder::with_database();
    folder.write(
        "vestibule.toml",
        "public_url = \"http://auth.example.com\"\nlisten = 8080\nlog_formatt = \"json\"\n",
    );
    let result = folder.run("organization list");
    assert_eq!(result.status, 2);
    assert_snapshot!(result.stderr, @"
    vestibule: vestibule.toml, line 1: public_url: expected https, since http is for addresses of this machine alone (localhost, 127.0.0.1), received http://auth.example.com
    vestibule: vestibule.toml, line 2: listen: expected a text, received a number
    vestibule: vestibule.toml, line 3: unknown key log_formatt; did you mean log_format?
    ");
}
