<?php

// Each service provider is a pair of files: its metadata as it published it, and how to treat it.

foreach (glob(getenv('VESTIBULE_INTEROP_FOLDER') . '/sp/*.xml') as $file) {
    $entity = \SimpleSAML\Metadata\SAMLParser::parseString(file_get_contents($file));
    $treatment = json_decode(file_get_contents(substr($file, 0, -4) . '.json'), true);
    $metadata[$entity->getEntityID()] = array_merge($entity->getMetadata20SP(), [
        'NameIDFormat' => 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
        'simplesaml.nameidattribute' => 'mail',
    ], $treatment);
}
