<?php

// SimpleSAMLphp on a loopback port, with everything that it writes in VESTIBULE_INTEROP_FOLDER.

$folder = getenv('VESTIBULE_INTEROP_FOLDER');

$config = [
    'baseurlpath' => getenv('VESTIBULE_INTEROP_URL') . '/',
    'certdir' => "$folder/",
    'loggingdir' => "$folder/",
    'datadir' => "$folder/",
    'tempdir' => "$folder/",
    // Debian moved this folder; without it attribute names cannot be mapped.
    'attributenamemapdir' => '/etc/simplesamlphp/attributemap/',
    'metadata.sources' => [['type' => 'flatfile', 'directory' => __DIR__ . '/metadata/']],
    'secretsalt' => 'only-for-tests-on-this-machine',
    'auth.adminpassword' => 'only-for-tests-on-this-machine',
    'technicalcontact_name' => 'Interop',
    'technicalcontact_email' => 'interop@example.org',
    'timezone' => 'UTC',
    'logging.handler' => 'errorlog',
    'logging.level' => 6,
    // An error page would try to send mail.
    'errorreporting' => false,
    'enable.saml20-idp' => true,
    'module.enable' => ['exampleauth' => true, 'core' => true, 'saml' => true],
    'trusted.url.domains' => ['127.0.0.1', 'localhost'],
    'session.cookie.name' => 'SimpleSAMLphp',
    'session.cookie.secure' => false,
    'store.type' => 'phpsession',
    'session.phpsession.cookiename' => 'SimpleSAMLphpSession',
    'session.phpsession.savepath' => "$folder/",
    'session.phpsession.httponly' => true,
    'session.authtoken.cookiename' => 'SimpleSAMLphpToken',
];
